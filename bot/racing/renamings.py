"""Renamings: names that changed while the thing stayed, of tracks, of races, and of makes that documents misspell.

Each group begins with the name of today. Look-alikes that are other places stay apart: the dirt track "Charlotte
Speedway" of 1949, the fairgrounds of Nashville and its superspeedway, a speedway and the road course inside it.
Sources: the tracks' own announcements of their names.
"""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["MANUFACTURER_RENAMINGS", "RACE_RENAMINGS", "TRACK_RENAMINGS", "RaceRenaming"]


@dataclass(frozen=True, slots=True)
class RaceRenaming:
    """One race through its names, first to last: the id of its series, its track, the names without sponsors' tails.

    A name that another race at the track bore later ("Winston 500") cannot be here.
    """

    series: str
    track: str
    names: tuple[str, ...]


TRACK_RENAMINGS: Sequence[tuple[str, ...]] = (
    ("EchoPark Speedway", "Atlanta Motor Speedway", "Atlanta International Raceway"),
    ("Auto Club Speedway", "California Speedway", "Auto Club Speedway of Southern California"),
    ("Bristol Motor Speedway", "Bristol International Raceway", "Bristol International Speedway"),
    ("Charlotte Motor Speedway", "Lowe's Motor Speedway"),
    ("Charlotte Motor Speedway Road Course", "Charlotte Motor Speedway (Road Course)", "Charlotte Roval",
     "Charlotte Motor Speedway Roval"),
    ("Chicagoland Speedway", "Chicagoland"),
    ("Chicago Street Course", "Chicago Street Race", "Chicago Street Circuit", "Grant Park 220 Street Course"),
    ("Circuit of the Americas", "COTA", "Circuit of The Americas (COTA)"),
    ("Darlington Raceway", "Darlington International Raceway"),
    ("Daytona International Speedway (Road Course)", "Daytona International Speedway Road Course",
     "Daytona Road Course"),
    ("Dover Motor Speedway", "Dover International Speedway", "Dover Downs International Speedway"),
    ("Evergreen Speedway", "Evergreen Raceway"),
    ("Hickory Motor Speedway", "Hickory Speedway"),
    ("Homestead-Miami Speedway", "Metro-Dade Homestead Motorsports Complex", "Miami-Dade Homestead Motorsports Complex",
     "Homestead Motorsports Complex"),
    ("Indianapolis Motor Speedway Road Course", "Indianapolis Motor Speedway (Road Course)",
     "Indianapolis Road Course"),
    ("Langley Speedway", "Langley Field Speedway"),
    ("Lucas Oil Indianapolis Raceway Park", "Indianapolis Raceway Park", "O'Reilly Raceway Park",
     "O'Reilly Raceway Park at Indianapolis", "Lucas Oil Raceway", "Lucas Oil Raceway Park",
     "Lucas Oil Raceway at Indianapolis"),
    ("Mansfield Motor Speedway", "Mansfield Motorsports Speedway", "Mansfield Motorsports Park"),
    ("Memphis International Raceway", "Memphis Motorsports Park"),
    ("Michigan International Speedway", "Michigan Speedway"),
    ("Myrtle Beach Speedway", "Rambi Race Track", "Rambi Raceway"),
    ("Nashville Fairgrounds Speedway", "Nashville Speedway", "Nashville Speedway USA",
     "Nashville International Raceway",
     "Nashville Motor Raceway", "Music City Motorplex", "Fairgrounds Speedway", "Fairgrounds Speedway Nashville"),
    ("New Hampshire Motor Speedway", "New Hampshire International Speedway"),
    ("Phoenix Raceway", "Phoenix International Raceway", "ISM Raceway", "Jeff Gordon Raceway"),
    ("Pikes Peak International Raceway", "Pikes Peak Raceway"),
    ("Richmond Raceway", "Richmond International Raceway", "Richmond Fairgrounds Raceway",
     "Virginia State Fairgrounds", "Strawberry Hill Speedway", "Atlantic Rural Exposition Fairgrounds"),
    ("Road America", "Elkhart Lake's Road America"),
    ("Rockingham Speedway", "North Carolina Speedway", "North Carolina Motor Speedway"),
    ("Sonoma Raceway", "Sears Point Raceway", "Sears Point International Raceway", "Infineon Raceway"),
    ("Talladega Superspeedway", "Alabama International Motor Speedway"),
    ("Texas World Speedway", "Texas International Speedway"),
    ("Watkins Glen International", "Watkins Glen Grand Prix Course", "The Glen"),
    ("World Wide Technology Raceway", "World Wide Technology Raceway at Gateway", "Gateway Motorsports Park",
     "Gateway International Raceway"),
)  # fmt: skip
MANUFACTURER_RENAMINGS: Sequence[tuple[str, ...]] = (
    ("Volkswagen", "Volkswagon"),
    ("MG", "Morris Garage", "Morris Garages"),
)
# Races that went on under another name, at one track: the tracks' own lists of winners count them as one race.
RACE_RENAMINGS: Sequence[RaceRenaming] = (
    RaceRenaming("cup", "Daytona International Speedway",
        ("Firecracker 250", "Firecracker 400", "Pepsi Firecracker 400", "Pepsi 400", "Coke Zero 400",
         "Coke Zero Sugar 400")),
    RaceRenaming("cup", "Charlotte Motor Speedway", ("World 600", "Coca-Cola World 600", "Coca-Cola 600")),
    RaceRenaming("cup", "Charlotte Motor Speedway",
        ("National 400", "National 500", "NAPA National 500", "Miller High Life 500",
         "Oakwood Homes 500", "All Pro 500", "Mello Yello 500", "UAW-GM Quality 500",
         "Bank of America 500", "NASCAR Banking 500", "Alsco 500")),
    RaceRenaming("cup", "Indianapolis Motor Speedway",
        ("Brickyard 400", "Allstate 400 at the Brickyard",
         "Crown Royal Presents The Curtiss Shaver 400 At The Brickyard Powered By Big Machine Records",
         "Crown Royal Presents The Samuel Deeds 400 At The Brickyard Powered By Bigmachinerecords.Com",
         "Crown Royal Presents the John Wayne Walding 400", "Crown Royal presents the Jeff Kyle 400 at The Brickyard",
         "Crown Royal presents the Combat Wounded Coalition 400 at the Brickyard",
         "Brantley Gilbert Big Machine Brickyard 400", "Big Machine Brickyard 400",
         "Big Machine Vodka 400 at the Brickyard Powered By Florida Georgia Line",
         "Big Machine Hand Sanitizer 400 Powered by Big Machine Records")),
    RaceRenaming("cup", "Darlington Raceway",
        ("Rebel 300", "Rebel 400", "Rebel 500", "CRC Chemicals Rebel 500", "TranSouth 500", "TranSouth 400",
         "TranSouth Financial 400", "Mall.com 400", "Carolina Dodge Dealers 400")),
)  # fmt: skip
